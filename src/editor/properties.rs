//! The `properties` of a node that are not settings: the pack that it comes from, and its model files.

use super::Node;
use super::read::{self, Fields};
use crate::json::Value;
use std::borrow::Cow;
use std::fmt;

/// Where a node's class comes from, as the editor noted it when the file was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack<'a> {
    /// `cnr_id`: the pack's name in the Comfy Registry; `comfy-core` for ComfyUI's own nodes.
    pub id: Option<Cow<'a, str>>,
    /// `aux_id`: its repository, `owner/name`, if the registry does not have it.
    pub repository: Option<Cow<'a, str>>,
    /// `ver`: its version, or the commit that was installed.
    pub version: Option<Cow<'a, str>>,
}

/// A model file, and where it can be downloaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelFile<'a> {
    /// The file's name.
    pub name: Cow<'a, str>,
    /// Where it can be downloaded; `None` if the file does not say.
    pub url: Option<Cow<'a, str>>,
    /// ComfyUI's folder for it; `None` if the file does not say.
    pub folder: Option<Cow<'a, str>>,
}

impl Pack<'_> {
    /// A name for it: the one in the registry, or else its repository.
    pub fn name(&self) -> &str {
        self.id.as_deref().or(self.repository.as_deref()).unwrap_or_default()
    }
}

impl fmt::Display for Pack<'_> {
    /// `comfyui-kjnodes 1.1.9`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        self.version.as_ref().map_or(Ok(()), |version| write!(f, " {version}"))
    }
}

impl<'a> Node<'a> {
    /// The pack that it comes from; `None` if the file names none.
    pub fn pack(&self) -> Option<Pack<'a>> {
        let text = |name: &str| read::text(self.property(name)?);
        let pack = Pack { id: text("cnr_id"), repository: text("aux_id"), version: text("ver") };
        (pack.id.is_some() || pack.repository.is_some()).then_some(pack)
    }

    /// The model files that the file lists for it, `{"name", "url", "directory"}`.
    pub fn model_files(&self) -> Vec<ModelFile<'a>> {
        self.property("models").map(model_files).unwrap_or_default()
    }
}

/// The model files of a list; entries without a name are left out.
pub(super) fn model_files(list: Value<'_>) -> Vec<ModelFile<'_>> {
    read::list(list).into_iter().filter_map(model_file).collect()
}

fn model_file(value: Value<'_>) -> Option<ModelFile<'_>> {
    let fields = Fields::of(value);
    Some(ModelFile { name: fields.text("name")?, url: fields.text("url"), folder: fields.text("directory") })
}
