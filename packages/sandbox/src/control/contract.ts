/**
 * What the control API of the sandbox takes and answers. Only zod in here: a page in a browser may import this file.
 *
 * Paths, methods and which schema goes where are in `routes.ts`. Errors have the shape of `controlError`, with HTTP 400
 * (`invalid`), 401 (`unauthorized`), 404 (`not_found`), 409 (`conflict`: the state does not allow it) or 500 (`bug`).
 * Times are milliseconds since 1970. `:user` in a path is a number or a LID, digits only.
 * One file for each idea in `contract/`; this one is what the package exports of them.
 */
export { fault, faultPhases, standingFault, type Fault, type FaultInput, type StandingFault } from '../faults/fault.js';
export { groupId, lid, phoneNumber } from './contract/ids.js';
export * from './contract/call.js';
export * from './contract/chats.js';
export * from './contract/error.js';
export * from './contract/group.js';
export * from './contract/limit.js';
export * from './contract/linking.js';
export * from './contract/media.js';
export * from './contract/network.js';
export * from './contract/page.js';
export * from './contract/posts.js';
export * from './contract/profile.js';
export * from './contract/person.js';
export * from './contract/phone.js';
export * from './contract/presence.js';
export * from './contract/say.js';
export * from './contract/seen.js';
export * from './contract/sent.js';
export * from './contract/writing.js';
