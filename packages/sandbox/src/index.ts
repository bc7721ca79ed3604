export { startSandbox, type Sandbox, type SandboxOptions } from './sandbox.js';
export type { CapturedNode, CaptureListener } from './network/capture.js';
export type { Node } from './protocol/node.js';
export { SandboxControl, type SandboxControlOptions } from './control/client.js';
export { ControlError } from './control/error.js';
export { routes, type RouteName } from './control/routes.js';
export * from './control/contract.js';
export { isSandboxNumber, SANDBOX_NUMBER_PREFIX } from './people/numbers.js';
