import { conform } from './conformance.js';
import { EngineDriver } from './engine.driver.js';

conform('trunkline', (start) => new EngineDriver(start));
