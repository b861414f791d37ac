import { emptyArm, pluginArm, verify, Stopwatch } from './measure.js';
import { parse } from './parse.js';
import { sourcePaths, readSource, mentionsClients, linesOf } from './corpus.js';
import { denseCorpus, longFile } from './dense.js';
import { Session } from 'node:inspector/promises';
import fs from 'node:fs';
const [,, entry, what, out, repsArg] = process.argv;
const root='/work/main/node_modules';
let files:{path:string,text:string}[];
if(what==='none'||what==='mixed'){
 const p=sourcePaths(root,/(?<!\.d)\.(?:[cm]?js|[cm]?ts|tsx)$/u); files=[];let l=0;
 for(const x of p){if(l>8000)break;const s=readSource(root,x);const n=linesOf(s.text);if(n>1500||(what==='none'&&mentionsClients(s.text)))continue;try{parse(s)}catch{continue}files.push(s);l+=n}
} else files=(what==='dense'?denseCorpus(2):[longFile(Number(what))]).map(f=>({path:f.name,text:f.text}));
const lines=files.reduce((a,f)=>a+linesOf(f.text),0);
const plugin=(await import(entry!)).default;
const w=new Stopwatch(); const arm=await pluginArm(w.watch(plugin));
const best=files.map(()=>Infinity);
const all=()=>{for(let from=0;from<files.length;from+=20){const c=files.slice(from,from+20);const codes=c.map(f=>parse(f));(globalThis as any).gc?.({type:'minor'});codes.forEach((code,i)=>{w.read();verify(code,arm,c[i]!.path);best[from+i]=Math.min(best[from+i]!,w.read())})}};
const reps=Number(repsArg??20);
const show=()=>console.log(what,files.length,'files',lines,'lines: rules',(best.reduce((a,b)=>a+b,0)/lines*1000).toFixed(3),'ms/kLOC',(best.reduce((a,b)=>a+b,0)/files.length*1000).toFixed(1),'us/file');
for(let i=0;i<reps;i++){all(); if(i%5===4)show();}
if(out&&out!=='-'){
const s=new Session();s.connect();await s.post('Profiler.enable');await s.post('Profiler.setSamplingInterval',{interval:100});await s.post('Profiler.start');
for(let i=0;i<Number(process.argv[6]??15);i++)all();
const {profile}=await s.post('Profiler.stop');fs.writeFileSync(out!,JSON.stringify(profile));}
