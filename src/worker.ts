export { scheduleIn } from './remote/schedule-in.ts';
export { serve } from './remote/serve.ts';

export type { Channel } from './threads/channel.ts';
