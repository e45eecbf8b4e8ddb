//! Sorts nodes by numbers.

/// A number, and its node.
pub(super) type Numbered = (u64, usize);

/// From this length on, counting digits is quicker.
const MANY: usize = 512;

/// Sorts by the numbers. If the nodes come in order, those with the same number stay in order.
///
/// Built for size, the standard library's sort is a heapsort: in a list that is larger than the processor's caches it
/// waits for memory at each step. A radix sort reads from front to back, in time that grows with the list.
pub(super) fn by_number(list: &mut Vec<Numbered>) {
    if list.len() < MANY {
        return list.sort_unstable();
    }
    let mut sorted = vec![(0, 0); list.len()];
    for shift in (0..u64::BITS).step_by(8) {
        let digit = |number: u64| (number >> shift) as usize & 0xff;
        let mut starts = [0; 257];
        list.iter().for_each(|(number, _)| starts[digit(*number) + 1] += 1);
        if starts.contains(&list.len()) {
            continue;
        }
        (1..starts.len()).for_each(|digit| starts[digit] += starts[digit - 1]);
        for numbered in list.iter() {
            let at = &mut starts[digit(numbered.0)];
            sorted[*at] = *numbered;
            *at += 1;
        }
        std::mem::swap(list, &mut sorted);
    }
}

#[cfg(test)]
mod tests {
    use super::super::hash::mix;
    use super::*;

    #[test]
    fn many_are_sorted_like_few() {
        let numbers: [fn(u64) -> u64; 4] = [|at| mix(at, 1), |at| at % 7, |_| 5, |at| mix(at % 300, 2) << 40];
        for number in numbers {
            for count in [0, 1, MANY - 1, MANY, 3 * MANY] {
                let mut list: Vec<_> = (0..count).map(|at| (number(at as u64), at)).collect();
                let mut expected = list.clone();
                expected.sort();
                by_number(&mut list);
                assert_eq!(list, expected);
            }
        }
    }
}
