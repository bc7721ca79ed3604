import { ChildDriver } from './child.driver.js';
import { conform } from './conformance.js';

conform('baileys', (start) => new ChildDriver('baileys', start));
