//! The lists that both Rust and JavaScript know: an enum each, with a name beside each variant.

/// Makes an enum from a list: the variants with their names, `ALL` of them, and `as_str`.
///
/// This is the only home of the names: JavaScript, the declarations and the documentation are compared with it
/// (`tests/host/contract`).
macro_rules! names {
    (
        $(#[$about_list:meta])*
        $visibility:vis enum $list:ident {
            $( $(#[$about:meta])* $variant:ident = $name:literal, )+
        }
    ) => {
        $(#[$about_list])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        $visibility enum $list {
            $( $(#[$about])* $variant, )+
        }

        impl $list {
            /// All of them, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )+];

            /// The stable name, as JavaScript knows it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $( Self::$variant => $name, )+
                }
            }
        }

        impl std::fmt::Display for $list {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $list {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

pub(crate) use names;
