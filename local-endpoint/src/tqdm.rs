//! Progress bars as tqdm draws them.

const WIDTH: usize = 10;
const PARTS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// The bar after `step` of `total` steps and `elapsed` seconds.
pub fn bar(step: u32, total: u32, elapsed: f64) -> String {
    let share = f64::from(step) / f64::from(total.max(1));
    let eighths = (share * (WIDTH * PARTS.len()) as f64) as usize;
    let (full, part) = (eighths / PARTS.len(), eighths % PARTS.len());
    let mut blocks: String = "█".repeat(full.min(WIDTH));
    if full < WIDTH {
        blocks.push(PARTS[part]);
        blocks.push_str(&" ".repeat(WIDTH - full - 1));
    }
    format!("{:3.0}%|{blocks}| {step}/{total} [{}]", share * 100.0, pace(step, total, elapsed))
}

fn pace(step: u32, total: u32, elapsed: f64) -> String {
    if step == 0 || elapsed <= 0.0 {
        return format!("{}<?, ?it/s", clock(elapsed));
    }
    let rate = f64::from(step) / elapsed;
    let remaining = f64::from(total.saturating_sub(step)) / rate;
    let rate = if rate < 1.0 { format!("{:5.2}s/it", 1.0 / rate) } else { format!("{rate:5.2}it/s") };
    format!("{}<{}, {rate}", clock(elapsed), clock(remaining))
}

fn clock(seconds: f64) -> String {
    let seconds = seconds as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes:02}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::bar;

    #[test]
    fn draws_what_tqdm_draws() {
        assert_eq!(bar(0, 20, 0.0), "  0%|          | 0/20 [00:00<?, ?it/s]");
        assert_eq!(bar(1, 20, 1.09), "  5%|▌         | 1/20 [00:01<00:20,  1.09s/it]");
        assert_eq!(bar(9, 20, 3.586), " 45%|████▌     | 9/20 [00:03<00:04,  2.51it/s]");
        assert_eq!(bar(20, 20, 21.2), "100%|██████████| 20/20 [00:21<00:00,  1.06s/it]");
        assert_eq!(bar(1, 100, 50.0), "  1%|          | 1/100 [00:50<1:22:30, 50.00s/it]");
    }
}
