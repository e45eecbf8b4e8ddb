//! The lists that Rust and JavaScript both know: an enum each, whose names stand beside its variants.

/// Makes an enum of a list: its variants with their names, `ALL` of them, and `as_str`.
///
/// This is the only home of the names: what JavaScript, the declarations and the documentation say is compared with it
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
            /// All of them, in the order in which they are documented.
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
