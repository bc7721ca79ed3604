import { type DynamicModule, Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { SystemController } from './system.controller.js';
import { TestClockController } from './test.clock.controller.js';

@Module({})
export class SystemModule {
  static on({ testClock }: { testClock: boolean }): DynamicModule {
    const controllers = testClock ? [SystemController, TestClockController] : [SystemController];
    return { module: SystemModule, imports: [AuthModule], controllers };
  }
}
