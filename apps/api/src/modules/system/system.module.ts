import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { SystemController } from './system.controller.js';

@Module({ imports: [AuthModule], controllers: [SystemController] })
export class SystemModule {}
