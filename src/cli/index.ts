#!/usr/bin/env node
import plugin from '../index.js';
import { runInProcess } from './run-in-process.js';

await runInProcess(plugin);
