//! Matroska put together by hand.

use super::{PROMPT, be32, only_prompt};
use crate::find::texts;

/// A Matroska element with a size of eight bytes, or with one that is not known.
fn element(id: &[u8], content: &[u8]) -> Vec<u8> {
    let size = (1_u64 << 56 | content.len() as u64).to_be_bytes();
    [id, &size, content].concat()
}

fn endless(id: &[u8], content: &[u8]) -> Vec<u8> {
    [id, &[1, 255, 255, 255, 255, 255, 255, 255], content].concat()
}

#[test]
fn matroska_tags_are_found_without_and_with_an_index_and_in_recordings() {
    let header = element(b"\x1a\x45\xdf\xa3", &element(b"\x42\x82", b"webm"));
    let simple = element(
        b"\x67\xc8",
        &[element(b"\x44\x87", PROMPT.as_bytes()), element(b"\x45\xa3", b"Prompt")].concat(),
    );
    let nested = element(b"\x67\xc8", &[element(b"\x45\xa3", b"COMFY"), simple.clone()].concat());
    let tags = |tag: &[u8]| {
        element(
            b"\x12\x54\xc3\x67",
            &element(b"\x73\x73", &[element(b"\x63\xc0", b""), tag.to_vec()].concat()),
        )
    };
    let block = element(b"\xa3", &[7; 40]);
    let blocks = [element(b"\xe7", &[0]), block.clone(), element(b"\xa0", &block)].concat();
    let cluster = element(b"\x1f\x43\xb6\x75", &blocks);
    let recorded = endless(b"\x1f\x43\xb6\x75", &blocks);
    let segment =
        |content: &[Vec<u8>]| [header.clone(), element(b"\x18\x53\x80\x67", &content.concat())].concat();
    let index = |position: usize| {
        let seek =
            [element(b"\x53\xab", b"\x12\x54\xc3\x67"), element(b"\x53\xac", &be32(position))].concat();
        element(b"\x11\x4d\x9b\x74", &element(b"\x4d\xbb", &seek))
    };
    let behind = index(0).len() + cluster.len();
    for file in [
        segment(&[cluster.clone(), tags(&simple)]),
        segment(&[cluster.clone(), tags(&nested)]),
        segment(&[index(behind), cluster.clone(), tags(&simple)]),
        // An index that is out of date.
        segment(&[index(7), cluster.clone(), tags(&simple)]),
        segment(&[index(usize::try_from(u32::MAX).unwrap()), cluster.clone(), tags(&simple)]),
        [
            header.clone(),
            endless(b"\x18\x53\x80\x67", &[recorded.clone(), recorded.clone(), tags(&simple)].concat()),
        ]
        .concat(),
    ] {
        assert_eq!(texts(&file), only_prompt());
    }
    assert_eq!(texts(&segment(&[cluster, recorded])), Ok(None));
}
