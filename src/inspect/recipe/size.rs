//! The size of the latents with which a node begins.

use super::wires::Wires;
use super::{Fact, table, values};
use crate::Error;
use crate::text::find as find_text;

/// Width, height, length and number, from the first node on the way back that has a width and a height.
pub(super) fn find(wires: &mut Wires<'_, '_>, sampler: usize) -> Result<[Option<Fact>; 4], Error> {
    wires.begin();
    let mut at = Some(sampler);
    while let Some(node) = at {
        if !wires.is_new(node)? {
            break;
        }
        if wires.has(node, table::SIZE[0]) && wires.has(node, table::SIZE[1]) {
            let mut size = [None; 4];
            for (fact, names) in size.iter_mut().zip(table::SIZE) {
                *fact = values::named(wires, node, names, false)?;
            }
            return Ok(size);
        }
        let class = wires.nodes[node].class_type.as_deref().unwrap_or_default();
        if table::RESIZES.iter().any(|word| find_text(class, word).is_some()) && node != sampler {
            break;
        }
        let link = wires.linked(node, &table::LATENT_LINKS).first().copied();
        at = match link {
            Some(link) => wires.source(node, link)?.map(|source| source.node),
            None => None,
        };
    }
    Ok([None; 4])
}
