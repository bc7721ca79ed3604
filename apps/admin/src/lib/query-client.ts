import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api/error';

/** What the server refused it will refuse again; what did not reach it is worth another try. */
const worthAnother = (failures: number, error: Error): boolean =>
  failures < 2 && error instanceof ApiError && (error.code === 'unreachable' || error.code === 'unavailable');

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      // Events keep what is held true; age alone is no reason to ask again on each change of window.
      queries: { staleTime: 30_000, refetchOnWindowFocus: false, retry: worthAnother },
      mutations: { retry: false },
    },
  });
