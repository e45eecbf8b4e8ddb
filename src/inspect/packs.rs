//! The packs of nodes that a workflow needs, according to its file.

use super::model::{NeededPack, Node, Pack};
use crate::json::KeyIndex;

/// Each pack once, with its nodes and the versions with which they were saved.
pub(super) fn of<'a>(nodes: &[Node<'a>]) -> Vec<NeededPack<'a>> {
    let (mut packs, mut indices, mut versions) = (Vec::new(), KeyIndex::default(), KeyIndex::default());
    for (index, node) in nodes.iter().enumerate() {
        let Some(pack) = &node.pack else { continue };
        let at = indices.claim(pack.name().to_owned().into(), packs.len()).unwrap_or(packs.len());
        if at == packs.len() {
            packs.push(needed(pack));
        }
        let needed: &mut NeededPack<'a> = &mut packs[at];
        needed.nodes.push(index);
        if let Some(version) = &pack.version
            && versions.claim(format!("{at} {version}").into(), index).is_none()
        {
            needed.versions.push(version.clone());
        }
    }
    packs
}

fn needed<'a>(pack: &Pack<'a>) -> NeededPack<'a> {
    NeededPack {
        id: pack.id.clone(),
        repository: pack.repository.clone(),
        versions: Vec::new(),
        nodes: Vec::new(),
    }
}
