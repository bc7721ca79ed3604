import type { Kind } from './kind.js';

export const location: Kind<'location'> = {
  stanzaType: 'media',
  read: ({ locationMessage: place }) =>
    place && {
      kind: 'location',
      text: place.name ?? '',
      detail: {
        latitude: place.degreesLatitude ?? 0,
        longitude: place.degreesLongitude ?? 0,
        name: place.name ?? null,
        address: place.address ?? null,
      },
    },
  write: ({ latitude, longitude, name, address }) => ({
    locationMessage: {
      degreesLatitude: latitude,
      degreesLongitude: longitude,
      ...(name && { name }),
      ...(address && { address }),
    },
  }),
};

export const liveLocation: Kind<'live_location'> = {
  stanzaType: 'media',
  write: ({ latitude, longitude, caption, after }, { now }) => ({
    liveLocationMessage: {
      degreesLatitude: latitude,
      degreesLongitude: longitude,
      sequenceNumber: now,
      ...(after !== undefined && { timeOffset: after }),
      ...(caption && { caption }),
    },
  }),
};
