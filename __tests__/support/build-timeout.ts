import { jest } from '@jest/globals';

// A first build compiles the server's dependencies: a minute a target on a free machine, much more on a busy one.
jest.setTimeout(20 * 60_000);
