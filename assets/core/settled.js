// What a control shows while Python has not dealt with it: what the reader gave it last.
//
// Keys move a slider or a list faster than they are answered. Set back to the answer of an earlier
// key, it would go on from there, and the steps between would be lost.

/** @type {WeakMap<Element, () => boolean>} */
const answers = new WeakMap();

/**
 * Note that a control has reported.
 *
 * @param {Element} node
 * @param {() => boolean} isAnswered as the outbox gives it
 */
export function reported(node, isAnswered) {
  answers.set(node, isAnswered);
}

/**
 * Tell whether Python has dealt with all that a control has reported: then it may be brought up to
 * date.
 *
 * @param {Element} node
 */
export function isSettled(node) {
  return answers.get(node)?.() ?? true;
}
