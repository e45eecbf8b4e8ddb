//! How alike nodes are, as numbers: nodes with equal ones are alike in all that was asked for.
//!
//! A number is a hash of what a node is, mixed in each further round with the numbers of its neighbours. Chance, or
//! malice, may give two nodes one number: they are matched less well then, never compared wrongly.

use super::graph::{Graph, GraphNode, Held};
use crate::json::number::decimal;
use crate::json::value::Kind;
use crate::json::write::without_duplicates;
use crate::json::{Str, Value};

/// What has to be equal beside the class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) title: bool,
    pub(super) values: bool,
    /// How far around the nodes everything has to be equal, in links.
    pub(super) around: usize,
}

/// Two graphs, with what every round asks of their links.
pub(super) struct Alike<'m, 'a> {
    graphs: [&'m Graph<'a>; 2],
    /// For each node of each graph what [`joint`] gives for its inputs.
    joints: [Vec<Vec<u64>>; 2],
}

impl<'m, 'a> Alike<'m, 'a> {
    pub(super) fn new(a: &'m Graph<'a>, b: &'m Graph<'a>) -> Self {
        let joints = [a, b]
            .map(|graph| graph.nodes.iter().map(|node| node.inputs.iter().map(joint).collect()).collect());
        Self { graphs: [a, b], joints }
    }

    /// The number of a link without its nodes, by where it ends.
    pub(super) fn joint(&self, graph: usize, node: usize, input: usize) -> u64 {
        self.joints[graph][node][input]
    }

    /// One number per node of each graph.
    pub(super) fn numbers(&self, asked: Asked) -> [Vec<u64>; 2] {
        let of_graph = |graph: &Graph<'_>| graph.nodes.iter().map(|node| of_itself(node, asked)).collect();
        let mut numbers = self.graphs.map(of_graph);
        let mut kinds = count_kinds(&numbers);
        for round in 1..=asked.around {
            numbers = [0, 1].map(|graph| {
                let numbers: &Vec<u64> = &numbers[graph];
                (0..numbers.len()).map(|index| self.with_neighbours(graph, numbers, index)).collect()
            });
            if round.is_power_of_two() {
                let now = count_kinds(&numbers);
                // Where looking further tells no more nodes apart, it never will again.
                if now == kinds {
                    break;
                }
                kinds = now;
            }
        }
        numbers
    }

    fn with_neighbours(&self, graph: usize, numbers: &[u64], index: usize) -> u64 {
        let node = &self.graphs[graph].nodes[index];
        let inputs = node.inputs.iter().zip(&self.joints[graph][index]);
        let fed_by = inputs.fold(0_u64, |sum, ((_, held), joint)| {
            let Held::Link(_, Some(origin)) = held else { return sum };
            sum.wrapping_add(mix(*joint, numbers[*origin]))
        });
        let feeds = node.feeds.iter().fold(0_u64, |sum, &(to, input)| {
            sum.wrapping_add(mix(self.joint(graph, to, input), numbers[to]))
        });
        mix(mix(numbers[index], fed_by), feeds)
    }
}

fn count_kinds(numbers: &[Vec<u64>; 2]) -> usize {
    let mut sorted = numbers.concat();
    sorted.sort_unstable();
    sorted.dedup();
    sorted.len()
}

fn of_itself(node: &GraphNode<'_>, asked: Asked) -> u64 {
    let mut number = node.class.map_or(0, meaning);
    if asked.title {
        number = mix(number, node.title.map_or(1, meaning));
    }
    if asked.values {
        // A sum, because the order of inputs says nothing.
        let inputs = node.inputs.iter().fold(0_u64, |sum, (name, held)| {
            let held = match held {
                Held::Value(value) => meaning(*value),
                Held::Link(..) => 2,
            };
            sum.wrapping_add(mix(text(*name), held))
        });
        number = mix(number, inputs);
    }
    number
}

/// The number of a link without its nodes: the name of the input, and the output.
fn joint((name, held): &(Str<'_>, Held<'_>)) -> u64 {
    match held {
        Held::Link(link, _) => mix(text(*name), meaning(link.output)),
        Held::Value(_) => text(*name),
    }
}

/// Equal for values that mean the same.
fn meaning(value: Value<'_>) -> u64 {
    match value.kind() {
        Kind::Null => 3,
        Kind::Boolean => 4 + u64::from(value.raw() == "true"),
        // Coarser than the value on purpose: 1e-05 and 0.00001 must not differ by how they were read.
        Kind::Number => u64::from((decimal(value.raw()).unwrap_or_default() as f32 + 0.0).to_bits()),
        Kind::String => value.as_str().map_or(6, text),
        Kind::Array => value.items().into_iter().fold(7, |number, item| mix(number, meaning(item))),
        Kind::Object => without_duplicates(value.entries())
            .into_iter()
            .fold(8, |sum: u64, (key, value)| sum.wrapping_add(mix(text(key), meaning(value)))),
    }
}

/// FNV-1a.
fn text(text: Str<'_>) -> u64 {
    text.canonical()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |number, byte| (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Mixes two numbers so that each bit of both counts, as SplitMix64 does.
fn mix(a: u64, b: u64) -> u64 {
    let mut number = a.rotate_left(23) ^ b.wrapping_add(0x9e37_79b9_7f4a_7c15);
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
