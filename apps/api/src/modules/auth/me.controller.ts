import { Controller, Get } from '@nestjs/common';
import { type Me, meSchema } from '@trunkline/contracts';
import { AskerMe } from '../../http/asker.js';
import { Verb } from '../../openapi/verb.js';

@Controller('me')
export class MeController {
  @Get()
  @Verb({ summary: 'Who asks: a person or a key, and their role', answer: meSchema })
  me(@AskerMe() me: Me): Me {
    return me;
  }
}
