//! The queue: one prompt runs, the others wait by number.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::sync::Notify;

use super::item::Item;
use crate::lock::lock;

#[derive(Default)]
struct Lists {
    running: Option<Arc<Item>>,
    pending: Vec<Arc<Item>>,
    next: i64,
}

/// The prompts that are not over.
#[derive(Default)]
pub struct Queue {
    lists: Mutex<Lists>,
    added: Notify,
}

/// Where a prompt is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Running,
    Pending,
}

impl Queue {
    /// Adds an item, made from the number it gets unless the caller chose one.
    pub fn add(&self, number: Option<i64>, front: bool, make: impl FnOnce(i64) -> Item) -> Arc<Item> {
        let mut lists = lock(&self.lists);
        let counted = lists.next;
        let number = number.unwrap_or(if front { -counted } else { counted });
        lists.next += 1;
        let item = Arc::new(make(number));
        lists.pending.push(item.clone());
        self.added.notify_one();
        item
    }

    /// Takes the item that is to run next, waiting for one.
    pub async fn take(&self) -> Arc<Item> {
        loop {
            if let Some(item) = self.begin() {
                return item;
            }
            self.added.notified().await;
        }
    }

    fn begin(&self) -> Option<Arc<Item>> {
        let mut lists = lock(&self.lists);
        let first = (0..lists.pending.len()).min_by_key(|index| lists.pending[*index].number)?;
        let item = lists.pending.remove(first);
        lists.running = Some(item.clone());
        Some(item)
    }

    /// The running item is over.
    pub fn finished(&self) {
        lock(&self.lists).running = None;
    }

    /// How many run and wait.
    pub fn remaining(&self) -> usize {
        let lists = lock(&self.lists);
        lists.pending.len() + usize::from(lists.running.is_some())
    }

    /// Where a prompt is, when it is not over.
    pub fn find(&self, id: &str) -> Option<(Place, Arc<Item>)> {
        let lists = lock(&self.lists);
        let running = lists.running.iter().map(|item| (Place::Running, item));
        let pending = lists.pending.iter().map(|item| (Place::Pending, item));
        running.chain(pending).find(|(_, item)| item.id == id).map(|(place, item)| (place, item.clone()))
    }

    /// Every item, the running one first.
    pub fn all(&self) -> Vec<(Place, Arc<Item>)> {
        let lists = lock(&self.lists);
        let running = lists.running.iter().map(|item| (Place::Running, item.clone()));
        running.chain(lists.pending.iter().map(|item| (Place::Pending, item.clone()))).collect()
    }

    /// Takes a waiting prompt out; a running one stays.
    pub fn delete(&self, id: &str) -> bool {
        let mut lists = lock(&self.lists);
        let before = lists.pending.len();
        lists.pending.retain(|item| item.id != id);
        lists.pending.len() < before
    }

    /// Takes every waiting prompt out.
    pub fn clear(&self) {
        lock(&self.lists).pending.clear();
    }

    /// Forgets every prompt; what runs is interrupted, and nobody hears of it.
    pub fn restart(&self) {
        self.clear();
        if let Some(item) = &lock(&self.lists).running {
            item.forget();
        }
    }

    /// Interrupts what runs: anything, or only this prompt.
    pub fn interrupt(&self, id: Option<&str>) -> bool {
        let running = lock(&self.lists).running.clone();
        let hit = running.filter(|item| id.is_none_or(|id| id == item.id));
        hit.inspect(|item| item.interrupt()).is_some()
    }

    /// As `GET /queue` shows it.
    pub fn to_json(&self) -> Value {
        let (mut running, mut pending) = (Vec::new(), Vec::new());
        for (place, item) in self.all() {
            let list = if place == Place::Running { &mut running } else { &mut pending };
            list.push(item.to_json());
        }
        json!({"queue_running": running, "queue_pending": pending})
    }
}
