// Places blocks: each is built once, and then patched for as long as its structure stays the same.

import { kindOf } from "./parts.js";

/** @import { Block } from "./types.d.ts" */

/**
 * Make the children of `root` these blocks, in this order.
 *
 * @param {HTMLElement} root
 * @param {Block[]} blocks
 */
export function placeAll(root, blocks) {
  const children = /** @type {HTMLElement[]} */ ([...root.children]);
  const placed = children.filter((node) => node.dataset.block); // others are a script's own
  const old = new Map(placed.map((node) => [node.dataset.block, node]));
  let last = null;
  for (const block of blocks) {
    last = place(root, block, old.get(block.id), last);
    old.delete(block.id);
  }
  for (const node of old.values()) node.remove();
}

/**
 * Reuse the element of this block where its structure is the same, else build it anew.
 *
 * @param {HTMLElement} root
 * @param {Block} block
 * @param {HTMLElement | undefined} existing
 * @param {HTMLElement | null} last the block before it
 * @returns {HTMLElement}
 */
function place(root, block, existing, last) {
  const { signature, build, patch } = kindOf(block.kind);
  const shape = block.kind + signature(block);
  let node = existing;
  if (!node || node.dataset.shape !== shape) {
    node = /** @type {HTMLElement} */ (build(block));
    node.dataset.block = block.id;
    node.dataset.shape = shape;
    existing?.replaceWith(node);
  }
  const next = last ? last.nextSibling : root.firstChild;
  if (node !== next) root.insertBefore(node, next);
  patch(node, block);
  return node;
}
