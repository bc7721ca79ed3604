import { unpackBrowser } from './browser.ts';

/** Before the first of two lanes starts one: both would write the same file. */
export default unpackBrowser;
