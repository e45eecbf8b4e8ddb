//! The order in which the nodes of the canvas run.

use super::open_graph::Graph;
use std::collections::VecDeque;

/// The indices of the nodes, each after those that feed it, by Kahn's queue; what is left, cycles, by ascending id.
pub fn run_order(graph: &Graph<'_>) -> Vec<usize> {
    let count = graph.nodes.len();
    let mut missing: Vec<usize> =
        graph.nodes.iter().map(|node| node.slots.iter().filter(|slot| slot.link.is_some()).count()).collect();
    let mut queue: VecDeque<usize> = (0..count).filter(|at| missing[*at] == 0).collect();
    let mut order = Vec::with_capacity(count);
    let mut is_done = vec![false; count];
    while let Some(at) = queue.pop_front() {
        if std::mem::replace(&mut is_done[at], true) {
            continue;
        }
        order.push(at);
        for id in graph.nodes[at].outputs.iter().flat_map(|output_slot| &output_slot.links) {
            let Some(target) = graph.link(id).and_then(|link| graph.node(&link.target)) else { continue };
            if missing[target] > 0 {
                missing[target] -= 1;
                if missing[target] == 0 {
                    queue.push_back(target);
                }
            }
        }
    }
    let mut rest: Vec<usize> = (0..count).filter(|at| !is_done[*at]).collect();
    rest.sort_by_key(|at| graph.nodes[*at].id.parse::<u64>().unwrap_or(u64::MAX));
    order.extend(rest);
    order
}
