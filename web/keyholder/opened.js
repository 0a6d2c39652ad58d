// What this device has opened. Two tallies of one election that differ by a ballot give that ballot away, so a keyholder opens one
// tally of an election and no other. The device can only speak for itself: on another one, the keyholder must remember.
//
// store has getItem and setItem, such as localStorage. Only hashes are kept.

const itemOf = (election) => `commonweal.opened.${election.uuid}`;

/** Notes that a tally will be opened, before it is. Refuses a second one of the same election. */
export function noteOpened(store, election, name) {
  const before = store.getItem(itemOf(election));
  if (before === null) {
    store.setItem(itemOf(election), name);
    if (store.getItem(itemOf(election)) !== name) throw new Error('this browser keeps nothing, so it could not refuse a second tally');
  } else if (before !== name) {
    throw new Error('another tally of this election was opened on this device, and two of them together can tell a single vote: open nothing, and ask the returning officer why there are two');
  }
}

/** Whether this device has opened it before. */
export function wasOpened(store, election, name) { return store.getItem(itemOf(election)) === name; }
