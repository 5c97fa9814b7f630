// Signing by hand with Node's crypto, and sending what is signed; as fast as Node can be made to:
// what is the same for every request is computed once, keys and the agent are kept.
//
//   node tools/bench/peers/node.js sign INPUTS BATCH            INPUTS: what sign.lua prints
//   NODE_EXTRA_CA_CERTS=CA_FILE node tools/bench/peers/node.js send INPUTS BASE REQUESTS CONCURRENCY
//
// sign prints one JSON object: the microseconds of CPU time per signature of each kind. send makes
// ResumeLiveStream calls, each signed, and prints what curl_loop prints.
'use strict';
const crypto = require('crypto');
const fs = require('fs');
const https = require('https');

const [job, file, ...rest] = process.argv.slice(2);
const { account, kinds, nonce: NONCE, time: TIME } = JSON.parse(fs.readFileSync(file, 'utf8'));

const hash = crypto.hash ? (name, text) => crypto.hash(name, text)
  : (name, text) => crypto.createHash(name).update(text).digest('hex');
const v3Key = crypto.createSecretKey(account.SECRET, 'utf8');
const v1Key = crypto.createSecretKey(account.SECRET + '&', 'utf8');

const pool = Buffer.alloc(4096);
let at = pool.length;
function fresh(count) {
  if (at + count > pool.length) {
    crypto.randomFillSync(pool);
    at = 0;
  }
  at += count;
  return pool.toString('hex', at - count, at);
}

let second;
let date;
function dateOf(time) {
  const now = time || Math.floor(Date.now() / 1000);
  if (now !== second) {
    second = now;
    date = new Date(now * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  }
  return date;
}

const escape = (char) => '%' + char.charCodeAt(0).toString(16).toUpperCase();
function encode(text) {
  const encoded = encodeURIComponent(text);
  return /[!'()*]/.test(encoded) ? encoded.replace(/[!'()*]/g, escape) : encoded;
}

const known = new Map();
function queryOf(key, params, more) {
  let names = known.get(key);
  if (!names) {
    names = Object.keys(params).concat(Object.keys(more)).sort();
    names = names.map((name, i) => [name, (i ? '&' : '') + encode(name) + '=']);
    known.set(key, names);
  }
  let query = '';
  for (const [name, before] of names) query += before + encode(params[name] ?? more[name]);
  return query;
}

const EMPTY = hash('sha256', '');
const NAMES = 'host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce'
  + ';x-acs-version';
const CREDENTIAL = `ACS3-HMAC-SHA256 Credential=${account.ID},SignedHeaders=${NAMES},Signature=`;
const LAST = `\nx-acs-version:${account.VERSION}\n\n${NAMES}\n${EMPTY}`;
const NONE = {};

function v3(method, action, params, nonce = fresh(16), time = undefined) {
  const query = queryOf(action, params, NONE);
  const now = dateOf(time);
  const canonical = `${method}\n/\n${query}\nhost:${account.HOST}\nx-acs-action:${action}`
    + `\nx-acs-content-sha256:${EMPTY}\nx-acs-date:${now}\nx-acs-signature-nonce:${nonce}${LAST}`;
  const toSign = 'ACS3-HMAC-SHA256\n' + hash('sha256', canonical);
  const signature = crypto.createHmac('sha256', v3Key).update(toSign).digest('hex');
  return ['/?' + query, {
    host: account.HOST, 'x-acs-action': action, 'x-acs-version': account.VERSION,
    'x-acs-date': now, 'x-acs-content-sha256': EMPTY, 'x-acs-signature-nonce': nonce,
    accept: 'application/json', Authorization: CREDENTIAL + signature,
  }];
}

const FIXED = {
  AccessKeyId: account.ID, Format: 'json', SignatureMethod: 'HMAC-SHA1', SignatureVersion: '1.0',
  Version: account.VERSION, Action: '', SignatureNonce: '', Timestamp: '',
};

function v1(method, action, params, nonce = fresh(16), time = undefined) {
  FIXED.Action = action;
  FIXED.SignatureNonce = nonce;
  FIXED.Timestamp = dateOf(time);
  const query = queryOf(action + ' v1', params, FIXED);
  const toSign = `${method}&%2F&${encode(query)}`;
  const signature = crypto.createHmac('sha1', v1Key).update(toSign).digest('base64');
  return [`/?${query}&Signature=${encode(signature)}`];
}

function zego(method, action, params, nonce = fresh(8), time = Math.floor(Date.now() / 1000)) {
  const signature = hash('md5', account.APP_ID + nonce + account.ZEGO_SECRET + time);
  let target = `/?Action=${action}&AppId=${account.APP_ID}&SignatureNonce=${nonce}`
    + `&Timestamp=${time}&Signature=${signature}&SignatureVersion=2.0`;
  for (const id of params.StreamId) target += '&StreamId%5B%5D=' + encode(id);
  return [target + '&Sequence=' + params.Sequence];
}

function measure(batch) {
  const microseconds = {};
  for (const [name, sign] of Object.entries({ v3, v1, zego })) {
    const it = kinds[name];
    const [target, headers] = sign(it.method, it.action, it.params, NONCE, TIME);
    if (target + (headers ? headers.Authorization : '') !== it.expected) {
      throw new Error(`node signs something else than client:sign: ${target}`);
    }
    for (let i = 0; i < Math.max(batch, 5000); i++) sign(it.method, it.action, it.params);
    const begun = process.cpuUsage();
    for (let i = 0; i < batch; i++) sign(it.method, it.action, it.params);
    const used = process.cpuUsage(begun);
    microseconds[name] = (used.user + used.system) / batch;
  }
  console.log(JSON.stringify(microseconds));
}

function sender(base, agent) {
  const { hostname, port, host } = new URL(base);
  account.HOST = host;
  return (i) => new Promise((resolve, reject) => {
    const [path, headers] = v3('POST', 'ResumeLiveStream', {
      AppName: 'app', DomainName: 'push.example.com', LiveStreamType: 'publisher',
      StreamName: 'stream-' + String(i).padStart(5, '0'),
    });
    headers['content-length'] = 0;
    const request = https.request({ agent, hostname, port, path, method: 'POST', headers });
    request.on('error', reject);
    request.on('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => { text += part; });
      answer.on('end', () => {
        resolve(answer.statusCode === 200 && JSON.parse(text).RequestId !== undefined);
      });
    });
    request.end();
  });
}

async function send(base, requests, concurrency) {
  const one = sender(base, new https.Agent({ keepAlive: true, maxSockets: concurrency }));
  let failed = 0;
  async function run(count) {
    let started = 0;
    await Promise.all(Array.from({ length: concurrency }, async () => {
      while (started < count) {
        started++;
        if (!await one(started)) failed++;
      }
    }));
  }
  await run(1000); // connections and compiled code are there before the clock runs
  const begun = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  await run(requests);
  const used = process.cpuUsage(cpu);
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  console.log(seconds.toFixed(6), ((used.user + used.system) / 1e6).toFixed(6), requests, failed);
  process.exit(failed === 0 ? 0 : 1);
}

if (job === 'sign') {
  measure(Number(rest[0]));
} else {
  send(rest[0], Number(rest[1]), Number(rest[2])).catch((error) => {
    console.error(error);
    process.exit(1);
  });
}
