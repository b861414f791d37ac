import { denseCorpus } from './dense.js';
import { parse } from './parse.js';
import { pluginArm, verify } from './measure.js';
import { Session } from 'node:inspector/promises';
const { default: plugin } = await import('../../dist/index.js');
const arm = await pluginArm(plugin);
const files = denseCorpus(2,'usual');
for (let i=0;i<15;i++) for (const {name,text} of files) verify(parse({path:name,text}),arm,name);
const s = new Session(); s.connect();
await s.post('Profiler.enable'); await s.post('Profiler.setSamplingInterval',{interval:100});
await s.post('Profiler.start');
for (let i=0;i<40;i++) for (const {name,text} of files) { const c=parse({path:name,text}); verify(c,arm,name); }
const {profile:p} = await s.post('Profiler.stop');
const byId=new Map(p.nodes.map(x=>[x.id,x]));const parent=new Map();for(const x of p.nodes)for(const c of x.children??[])parent.set(c,x.id);
const self=new Map(), total=new Map(); const own=(x)=>x.callFrame.url.includes('main/dist/');
let sum=0; const t=new Map();p.samples.forEach((id,i)=>t.set(id,(t.get(id)??0)+p.timeDeltas[i]));
const key=(x)=>x.callFrame.functionName+' '+x.callFrame.url.split('/').slice(-1)[0]+':'+(x.callFrame.lineNumber+1);
for(const [id,v] of t){ const chain=[]; for(let x=id;x;x=parent.get(x)) chain.push(byId.get(x)); if(!chain.some(own)) continue; sum+=v; const k=key(chain[0]); self.set(k,(self.get(k)??0)+v); const seen=new Set(); for(const c of chain){ const kk=key(c); if(own(c)&&!seen.has(kk)){seen.add(kk); total.set(kk,(total.get(kk)??0)+v);} } }
console.log('own ms', sum/1000, 'all', [...t.values()].reduce((a,b)=>a+b,0)/1000);
const show=(m,k)=>console.log([...m].sort((a,b)=>b[1]-a[1]).slice(0,k).map(([a,b])=>(b/sum*100).toFixed(1)+'% '+a).join('\n'));
console.log('--self');show(self,20);console.log('--total');show(total,60);
