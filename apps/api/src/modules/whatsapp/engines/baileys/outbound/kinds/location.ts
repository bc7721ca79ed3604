import type { Writer } from './kind.js';

export const writeLocation: Writer<'location'> = ({ latitude, longitude, name, address }) => ({
  message: {
    locationMessage: {
      degreesLatitude: latitude,
      degreesLongitude: longitude,
      ...(name ? { name } : {}),
      ...(address ? { address } : {}),
    },
  },
  attrs: { type: 'media' },
  encAttrs: { mediatype: 'location' },
});
