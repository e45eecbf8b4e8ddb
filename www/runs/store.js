// Where runs are kept in this browser: an IndexedDB with the facts of each run in one store and what is large in another.
// Knows the storage, not the page. Where there is no storage, the memory of the page takes its place.

const NAME = "viewcomfy-runs";
const FACTS = "runs";
const CONTENTS = "contents";

/**
 * Opens the store. `lasting` says whether what it keeps outlives the page.
 *
 * @returns {Promise<RunStore>}
 */
export async function openStore() {
  try {
    return databaseStore(await openDatabase());
  } catch {
    return memoryStore();
  }
}

/**
 * @typedef {object} RunStore
 * @property {boolean} lasting
 * @property {() => Promise<any[]>} list the facts of every run
 * @property {(id: string) => Promise<any>} contents what is large of one run; undefined where nothing is kept
 * @property {(facts: { id: string }, contents?: { id: string }) => Promise<void>} put replaces a run; its contents stay unless given
 * @property {(ids: string[]) => Promise<void>} remove
 */

function openDatabase() {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(FACTS, { keyPath: "id" });
    opening.result.createObjectStore(CONTENTS, { keyPath: "id" });
  };
  return answer(opening);
}

/** @returns {RunStore} */
function databaseStore(database) {
  // Another tab may delete it or bring a newer form of it.
  database.onversionchange = () => database.close();
  const write = async (change) => {
    const transaction = database.transaction([FACTS, CONTENTS], "readwrite");
    change(transaction.objectStore(FACTS), transaction.objectStore(CONTENTS));
    // A page that is left right now must not take the run with it.
    transaction.commit();
    await ended(transaction);
  };
  return {
    lasting: true,
    list: async () => answer(database.transaction(FACTS).objectStore(FACTS).getAll()),
    contents: async (id) => answer(database.transaction(CONTENTS).objectStore(CONTENTS).get(id)),
    put: (facts, contents) =>
      write((allFacts, allContents) => {
        allFacts.put(facts);
        if (contents) allContents.put(contents);
      }),
    remove: (ids) =>
      write((allFacts, allContents) => {
        for (const id of ids) {
          allFacts.delete(id);
          allContents.delete(id);
        }
      }),
  };
}

/** @returns {RunStore} */
function memoryStore() {
  const allFacts = new Map();
  const allContents = new Map();
  return {
    lasting: false,
    list: async () => [...allFacts.values()],
    contents: async (id) => allContents.get(id),
    async put(facts, contents) {
      allFacts.set(facts.id, facts);
      if (contents) allContents.set(facts.id, contents);
    },
    async remove(ids) {
      for (const id of ids) {
        allFacts.delete(id);
        allContents.delete(id);
      }
    },
  };
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function ended(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
