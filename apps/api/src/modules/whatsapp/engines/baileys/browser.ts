import { Browsers } from 'baileys';

/** What this device tells the server it is, at each login and when it links; the phone shows it in its list of devices. */
export const BROWSER = Browsers.macOS('Chrome');
