/** Every HTTP method of Node (`http.METHODS` of 20.20) in lower case, comma-separated for a brace pattern: routers define one function for each. */
export const HTTP_METHODS =
  'acl,bind,checkout,connect,copy,delete,get,head,link,lock,m-search,merge,mkactivity,mkcalendar,mkcol,move,notify,options,patch,post,propfind,proppatch,purge,put,query,rebind,report,search,source,subscribe,trace,unbind,unlink,unlock,unsubscribe';
