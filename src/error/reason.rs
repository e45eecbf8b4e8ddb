//! Why a workflow in editor format cannot be converted.

use crate::names::names;

names! {
    /// Why ComfyUI itself would not convert a workflow, as [`ErrorKind::CannotConvert`](super::ErrorKind) tells it.
    pub enum CannotConvertReason {
        /// A link leads to nothing.
        DanglingLink = "dangling_link",
        /// Bypassed nodes or subgraphs feed each other in a circle.
        BypassCycle = "bypass_cycle",
        /// It may not run, and the caller wants nothing but what does.
        MayNotRun = "may_not_run",
        /// A subgraph is inside itself.
        RecursiveSubgraph = "recursive_subgraph",
        /// The subgraphs open to more nodes than anybody could run.
        TooManyNodes = "too_many_nodes",
        /// A file name cannot be filled in.
        FilenamePrefix = "filename_prefix",
    }
}
