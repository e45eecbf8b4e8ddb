//! Small records as JavaScript objects. The crate `serde-wasm-bindgen` keeps the names of fields in a map, whose code
//! would add 1.9 KB (gzipped) to each module.

use js_sys::Array;
use serde::ser::{Impossible, Serialize, SerializeSeq, SerializeStruct, SerializeTuple, Serializer};
use std::fmt::Error;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Object)]
    type Object;

    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> Object;

    #[wasm_bindgen(method, indexing_setter)]
    fn set(this: &Object, name: &str, value: JsValue);
}

/// A small record as a plain object, with null for absent fields.
pub fn to_object(record: &impl Serialize) -> JsValue {
    // Records are strings, numbers, flags and lists of these, so they always serialise.
    record.serialize(Record).unwrap_or_default()
}

type Made = Result<JsValue, Error>;

/// Makes the values of a record. Types that no record has are refused.
struct Record;

struct Fields(Object);

struct Items(Array);

impl Serializer for Record {
    type Ok = JsValue;
    type Error = Error;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Impossible<JsValue, Error>;
    type SerializeTupleVariant = Impossible<JsValue, Error>;
    type SerializeMap = Impossible<JsValue, Error>;
    type SerializeStruct = Fields;
    type SerializeStructVariant = Impossible<JsValue, Error>;

    fn serialize_bool(self, flag: bool) -> Made {
        Ok(flag.into())
    }

    fn serialize_str(self, text: &str) -> Made {
        Ok(text.into())
    }

    fn serialize_f64(self, number: f64) -> Made {
        Ok(number.into())
    }

    /// Offsets and counts, which are far below 2^53.
    fn serialize_u64(self, number: u64) -> Made {
        self.serialize_f64(number as f64)
    }

    fn serialize_u16(self, number: u16) -> Made {
        self.serialize_f64(number.into())
    }

    fn serialize_none(self) -> Made {
        Ok(JsValue::NULL)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Made {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items, Error> {
        Ok(Items(Array::new()))
    }

    fn serialize_tuple(self, _: usize) -> Result<Items, Error> {
        Ok(Items(Array::new()))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields, Error> {
        Ok(Fields(Object::new()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Made {
        value.serialize(self)
    }

    fn serialize_i8(self, _: i8) -> Made {
        Err(Error)
    }

    fn serialize_i16(self, _: i16) -> Made {
        Err(Error)
    }

    fn serialize_i32(self, _: i32) -> Made {
        Err(Error)
    }

    fn serialize_i64(self, _: i64) -> Made {
        Err(Error)
    }

    fn serialize_u8(self, _: u8) -> Made {
        Err(Error)
    }

    fn serialize_u32(self, _: u32) -> Made {
        Err(Error)
    }

    fn serialize_f32(self, _: f32) -> Made {
        Err(Error)
    }

    fn serialize_char(self, _: char) -> Made {
        Err(Error)
    }

    fn serialize_bytes(self, _: &[u8]) -> Made {
        Err(Error)
    }

    fn serialize_unit(self) -> Made {
        Err(Error)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Made {
        Err(Error)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Made {
        Err(Error)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Made {
        Err(Error)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Error> {
        Err(Error)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Error> {
        Err(Error)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Error> {
        Err(Error)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Error> {
        Err(Error)
    }
}

impl SerializeStruct for Fields {
    type Ok = JsValue;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        self.0.set(name, value.serialize(Record)?);
        Ok(())
    }

    fn end(self) -> Made {
        Ok(self.0.into())
    }
}

impl SerializeSeq for Items {
    type Ok = JsValue;
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.0.push(&value.serialize(Record)?);
        Ok(())
    }

    fn end(self) -> Made {
        Ok(self.0.into())
    }
}

impl SerializeTuple for Items {
    type Ok = JsValue;
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Made {
        SerializeSeq::end(self)
    }
}
