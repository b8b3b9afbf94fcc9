'use strict';

// How many will be here, minute by minute: steps, since people arrive whole.
const Chart = (() => {
  const { make } = Turnout;
  const NAMESPACE = 'http://www.w3.org/2000/svg';
  const STEPS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 360, 720, 1440];

  function draw(tag, attributes, text) {
    const drawn = document.createElementNS(NAMESPACE, tag);
    Object.entries(attributes).forEach(([name, value]) => drawn.setAttribute(name, value));
    if (text != null) drawn.textContent = text;
    return drawn;
  }

  function step(span, most) {
    return STEPS.find((each) => span / each <= most) || Math.ceil(span / most);
  }

  // The curve at full steps of the clock.
  function ticks(from, until, minutes, offset) {
    const length = minutes * 60000;
    const found = [];
    for (let at = Math.ceil((from + offset) / length) * length - offset; at <= until; at += length) found.push(at);
    return found;
  }

  function valueAt(curve, at) {
    let value = curve.length ? curve[0].arrived : 0;
    for (const each of curve) {
      if (each.time > at) break;
      value = each.arrived;
    }
    return value;
  }

  // `time` writes a time; `offset` is the zone's, in milliseconds, so that ticks are at full hours there.
  function show(place, { forecast, words, time, offset }) {
    const curve = forecast.curve.map(({ at, arrived }) => ({ time: Date.parse(at), arrived }));
    const starts = Date.parse(forecast.starts_at);
    if (!curve.length) {
      place.replaceChildren();
      return;
    }
    const from = curve[0].time;
    const until = Math.max(curve[curve.length - 1].time, from + 60000);
    const most = Math.max(forecast.expected, curve[curve.length - 1].arrived, 1);
    const width = Math.max(place.clientWidth, 240);
    const height = 200;
    const box = { left: 34, right: 12, top: 22, bottom: 28 };
    const x = (at) => box.left + ((at - from) / (until - from)) * (width - box.left - box.right);
    const y = (count) => height - box.bottom - (count / most) * (height - box.top - box.bottom);
    const image = draw('svg', { viewBox: '0 0 ' + width + ' ' + height, width, height, role: 'img', 'aria-label': words.curve });

    const up = Math.max(1, [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000].find((each) => most / each <= 4) || Math.ceil(most / 4));
    for (let count = 0; count <= most; count += up) {
      image.append(draw('line', { class: 'grid', x1: box.left, x2: width - box.right, y1: y(count), y2: y(count) }));
      image.append(draw('text', { x: box.left - 6, y: y(count) + 4, 'text-anchor': 'end' }, count));
    }
    const each = step((until - from) / 60000, Math.max(2, Math.floor((width - 60) / 70)));
    ticks(from, until, each, offset).forEach((at) => {
      image.append(draw('line', { class: 'grid', x1: x(at), x2: x(at), y1: height - box.bottom, y2: height - box.bottom + 4 }));
      image.append(draw('text', { x: Math.min(Math.max(x(at), box.left), width - 22), y: height - 8, 'text-anchor': 'middle' }, time(at)));
    });

    let path = 'M' + x(from) + ' ' + y(curve[0].arrived);
    curve.slice(1).forEach((next) => { path += 'H' + x(next.time).toFixed(1) + 'V' + y(next.arrived).toFixed(1); });
    path += 'H' + x(until).toFixed(1);
    image.append(draw('path', { class: 'area', d: path + 'V' + y(0) + 'H' + x(from) + 'Z' }));
    image.append(draw('path', { class: 'curve', d: path }));
    image.append(draw('line', { class: 'expected', x1: box.left, x2: width - box.right, y1: y(forecast.expected), y2: y(forecast.expected) }));
    image.append(draw('text', { x: box.left + 4, y: y(forecast.expected) - 6 }, words.expected));
    if (starts >= from && starts <= until) {
      image.append(draw('line', { class: 'start', x1: x(starts), x2: x(starts), y1: box.top, y2: height - box.bottom }));
      const isRight = x(starts) > width - 90;
      image.append(draw('text', { x: x(starts) + (isRight ? -5 : 5), y: height - box.bottom - 6, 'text-anchor': isRight ? 'end' : 'start' }, words.start));
    }
    place.replaceChildren(image);
  }

  // The same in words and numbers.
  function rows({ forecast, time, offset }) {
    const curve = forecast.curve.map(({ at, arrived }) => ({ time: Date.parse(at), arrived }));
    if (!curve.length) return [];
    const from = curve[0].time;
    const until = curve[curve.length - 1].time;
    const inner = ticks(from, until, step((until - from) / 60000, 12), offset).filter((at) => at > from && at < until);
    return [from, ...inner, until].map((at) => make('tr', {}, make('th', { scope: 'row', text: time(at) }), make('td', { text: String(valueAt(curve, at)) })));
  }

  return { show, rows, at: (forecast, at) => valueAt(forecast.curve.map((each) => ({ time: Date.parse(each.at), arrived: each.arrived })), at) };
})();
