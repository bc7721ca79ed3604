import type { HealthReport, RestoreProgress } from '@trunkline/contracts';
import { request } from './request';

export const readHealth = () => request<HealthReport>('/whatsapp/health');
export const readRestore = () => request<RestoreProgress>('/whatsapp/health/restore');
