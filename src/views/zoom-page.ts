import { createHash } from 'node:crypto';

const script = `
const stage=document.getElementById('stage');const drawing=stage.firstElementChild;
let x=0,y=0,scale=1,from=null;
const apply=()=>{drawing.style.transform='translate('+x+'px,'+y+'px) scale('+scale+')'};
const zoom=(factor,cx,cy)=>{const next=Math.min(12,Math.max(.3,scale*factor));x=cx-(cx-x)*next/scale;y=cy-(cy-y)*next/scale;scale=next;apply()};
stage.addEventListener('wheel',e=>{e.preventDefault();zoom(e.deltaY<0?1.15:1/1.15,e.clientX,e.clientY)},{passive:false});
const points=new Map();
stage.addEventListener('pointerdown',e=>{points.set(e.pointerId,e);stage.setPointerCapture(e.pointerId)});
stage.addEventListener('pointermove',e=>{const before=points.get(e.pointerId);if(!before)return;
 if(points.size===1){x+=e.clientX-before.clientX;y+=e.clientY-before.clientY;apply()}
 else{const other=[...points.values()].find(p=>p.pointerId!==e.pointerId);const was=Math.hypot(before.clientX-other.clientX,before.clientY-other.clientY);const now=Math.hypot(e.clientX-other.clientX,e.clientY-other.clientY);if(was>0)zoom(now/was,(e.clientX+other.clientX)/2,(e.clientY+other.clientY)/2)}
 points.set(e.pointerId,e)});
for(const end of ['pointerup','pointercancel'])stage.addEventListener(end,e=>points.delete(e.pointerId));
addEventListener('keydown',e=>{const step={ArrowLeft:[40,0],ArrowRight:[-40,0],ArrowUp:[0,40],ArrowDown:[0,-40]}[e.key];
 if(step){x+=step[0];y+=step[1];apply()}else if(e.key==='+'||e.key==='=')zoom(1.2,innerWidth/2,innerHeight/2);else if(e.key==='-')zoom(1/1.2,innerWidth/2,innerHeight/2);else if(e.key==='0'){x=0;y=0;scale=1;apply()}});
`;

/** A page of one file with a drawing to zoom and move in; it loads nothing, and nothing in the drawing can run. `svg` is a whole document of the builders. */
export function zoomPage(svg: string, title: string): string {
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)}</title>
<style>html,body{margin:0;height:100%;background:#e9e4dc;font:14px "Noto Sans",sans-serif;color:#2b2523}
#stage{position:fixed;inset:0;overflow:hidden;touch-action:none;cursor:grab}#stage svg{transform-origin:0 0;width:min(96vw,880px);height:auto;margin:2vh auto;display:block}
p{position:fixed;right:12px;bottom:4px;margin:0;opacity:.7}
@media (prefers-color-scheme:dark){html,body{background:#1e1b19;color:#eee}}
@media print{#stage{position:static}#stage svg{transform:none!important;width:100%}p{display:none}}</style></head>
<body><div id="stage">${svg}</div><p>Wheel, two fingers or + and − zoom; drag or arrows move; 0 begins again.</p><script>${script}</script></body></html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one] ?? '');
}
