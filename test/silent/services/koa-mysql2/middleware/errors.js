'use strict';

/** Answers with JSON whatever goes wrong below. */
module.exports = function errors({ log = console } = {}) {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      ctx.status = error.status ?? 500;
      ctx.body = { error: error.expose ? error.message : 'internal' };
      if (ctx.status >= 500) log.error(error);
    }
  };
};
