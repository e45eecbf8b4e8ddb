//! Where definitions are from.

/// Where definitions are from, which says how much they tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// A server's own: complete, and of the versions that it runs.
    #[default]
    Server,
    /// The package's, of ComfyUI's own classes: what the conversion reads, which classes end a run, and the choices that do
    /// not depend on a server's files or on a partner's models.
    Comfy,
    /// The package's, of custom nodes: of some version of each pack, with earlier shapes where there were others. Choices are
    /// all there where there are two or more.
    Packs,
}
