'use strict';

// The map: MapLibre with a plain ground, or with the style or the tiles that are configured; on it the venue, who is on
// the way, and one's track. It is given what to show and says what was pressed.
const View = (() => {
  const { make } = Turnout;
  const STYLE_PATIENCE = 10000;
  const EMPTY = { type: 'FeatureCollection', features: [] };
  const GROUND = { light: '#eef1ee', dark: '#1d2327' };
  const LINES = { light: '#17202a', dark: '#eceff2' };
  // As the list's signs, by kind: on the way, late, not sure, here.
  const COLOURS = {
    light: { coming: '#0b6e4f', late: '#b45309', unsure: '#5b6672', here: '#1d4ed8' },
    dark: { coming: '#3fbf8f', late: '#f59e0b', unsure: '#a5afb9', here: '#7aa2ff' },
  };

  function script(source) {
    return new Promise((resolve, reject) => {
      const loading = make('script', { src: source });
      loading.onload = resolve;
      loading.onerror = () => reject(new Error(source));
      document.head.append(loading);
    });
  }

  let library = null;

  // Later than the list, which does without it.
  function load() {
    library ||= (async () => {
      document.head.append(make('link', { rel: 'stylesheet', href: '/live/maplibre-gl.css' }));
      await script('/live/maplibre-gl-csp.js');
      maplibregl.setWorkerUrl('/live/maplibre-gl-csp-worker.js');
    })();
    return library;
  }

  const scheme = () => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

  function plain() {
    return { version: 8, sources: {}, layers: [{ id: 'ground', type: 'background', paint: { 'background-color': GROUND[scheme()] } }] };
  }

  function style({ style_url: url, attribution }) {
    if (!url) return plain();
    if (!url.includes('{z}')) return url;
    return {
      version: 8,
      sources: { tiles: { type: 'raster', tiles: [url], tileSize: 256, ...(attribution && { attribution }) } },
      layers: [{ id: 'ground', type: 'background', paint: { 'background-color': GROUND[scheme()] } }, { id: 'tiles', type: 'raster', source: 'tiles' }],
    };
  }

  const point = ({ longitude, latitude }) => [longitude, latitude];

  function circle({ latitude, longitude }, metres) {
    const ring = [];
    for (let step = 0; step <= 64; step += 1) {
      const angle = (step / 32) * Math.PI;
      const north = (metres * Math.cos(angle)) / 111195;
      const east = (metres * Math.sin(angle)) / (111195 * Math.max(Math.cos((latitude * Math.PI) / 180), 0.01));
      ring.push([longitude + east, latitude + north]);
    }
    return { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } };
  }

  // Where nothing was heard for long, nothing is drawn.
  function track(positions) {
    const parts = [[]];
    positions.forEach((position, at) => {
      if (at && Date.parse(position.recorded_at) - Date.parse(positions[at - 1].recorded_at) > 600000) parts.push([]);
      parts[parts.length - 1].push(point(position));
    });
    return { type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates: parts.filter((part) => part.length > 1) } };
  }

  function arrow(colour) {
    const canvas = Object.assign(document.createElement('canvas'), { width: 32, height: 32 });
    const pen = canvas.getContext('2d');
    pen.fillStyle = colour;
    pen.beginPath();
    [[16, 0], [23, 10], [9, 10]].forEach(([x, y]) => pen.lineTo(x, y));
    pen.fill();
    return pen.getImageData(0, 0, 32, 32);
  }

  class Map {
    constructor(container, { settings, words, pressed }) {
      this.container = container;
      this.pressed = pressed;
      this.data = {};
      this.touched = false;
      this.isQuiet = matchMedia('(prefers-reduced-motion: reduce)').matches;
      this.map = new maplibregl.Map({
        container,
        style: style(settings),
        center: [0, 20],
        zoom: 1,
        attributionControl: settings.style_url ? { compact: true } : false,
        dragRotate: false,
        pitchWithRotate: false,
        touchPitch: false,
        maxPitch: 0,
        fadeDuration: 0,
        locale: {
          'Map.Title': words.map, 'NavigationControl.ZoomIn': words.zoomIn, 'NavigationControl.ZoomOut': words.zoomOut,
          'AttributionControl.ToggleAttribution': words.attribution, 'Marker.Title': words.venue, 'Popup.Close': words.close,
        },
      });
      this.map.touchZoomRotate.disableRotation();
      this.map.addControl(new maplibregl.NavigationControl({ showCompass: false }), 'top-right');
      this.map.addControl(new maplibregl.ScaleControl({ maxWidth: 120, unit: 'metric' }), 'bottom-left');
      this.map.on('style.load', () => this.furnish());
      ['dragstart', 'wheel', 'dblclick', 'touchmove'].forEach((kind) => this.map.on(kind, () => { this.touched = true; }));
      this.map.on('click', (event) => this.press(event));
      this.map.on('mousemove', (event) => { this.map.getCanvas().style.cursor = this.at(event.point).length ? 'pointer' : ''; });
      // A map server that does not answer leaves the plain ground.
      const givenUp = () => { if (!this.isFurnished) this.map.setStyle(plain()); };
      this.map.on('error', givenUp);
      this.patience = setTimeout(givenUp, STYLE_PATIENCE);
      this.dark = matchMedia('(prefers-color-scheme: dark)');
      this.repaint = () => { if (!settings.style_url) this.map.setStyle(plain()); };
      this.dark.addEventListener('change', this.repaint);
    }

    furnish() {
      const { map } = this;
      const line = LINES[scheme()];
      clearTimeout(this.patience);
      this.isFurnished = true;
      ['venue', 'track', 'accuracy', 'people'].forEach((id) => { if (!map.getSource(id)) map.addSource(id, { type: 'geojson', data: this.data[id] || EMPTY }); });
      if (map.getLayer('people')) return;
      Object.entries(COLOURS[scheme()]).forEach(([kind, colour]) => { if (!map.hasImage('arrow-' + kind)) map.addImage('arrow-' + kind, arrow(colour), { pixelRatio: 1 }); });
      const ofKind = ['match', ['get', 'kind'], ...Object.entries(COLOURS[scheme()]).flat(), line];
      map.addLayer({ id: 'venue', type: 'fill', source: 'venue', paint: { 'fill-color': line, 'fill-opacity': 0.08 } });
      map.addLayer({ id: 'venue-edge', type: 'line', source: 'venue', paint: { 'line-color': line, 'line-width': 1.5, 'line-dasharray': [3, 2] } });
      map.addLayer({ id: 'track', type: 'line', source: 'track', layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': line, 'line-width': 3, 'line-opacity': 0.6 } });
      map.addLayer({ id: 'accuracy', type: 'fill', source: 'accuracy', paint: { 'fill-color': line, 'fill-opacity': 0.12 } });
      map.addLayer({
        id: 'headings', type: 'symbol', source: 'people', filter: ['has', 'heading'],
        layout: { 'icon-image': ['concat', 'arrow-', ['get', 'kind']], 'icon-rotate': ['get', 'heading'], 'icon-rotation-alignment': 'map', 'icon-allow-overlap': true, 'icon-ignore-placement': true },
      });
      map.addLayer({
        id: 'people', type: 'circle', source: 'people',
        layout: { 'circle-sort-key': ['get', 'rank'] },
        paint: {
          'circle-radius': ['case', ['get', 'chosen'], 9, 6],
          // What is stale is a ring, and pale.
          'circle-color': ['case', ['get', 'stale'], GROUND[scheme()], ofKind],
          'circle-opacity': ['case', ['get', 'stale'], 0.7, 1],
          'circle-stroke-color': ['case', ['get', 'stale'], ofKind, ['get', 'chosen'], line, GROUND[scheme()]],
          'circle-stroke-width': ['case', ['get', 'chosen'], 3, 2],
          'circle-stroke-opacity': ['case', ['get', 'stale'], 0.7, 1],
        },
      });
    }

    set(id, data) {
      this.data[id] = data;
      const source = this.isFurnished && this.map.getSource(id);
      if (source) source.setData(data);
    }

    at({ x, y }) {
      return this.isFurnished && this.map.getLayer('people') ? this.map.queryRenderedFeatures([[x - 8, y - 8], [x + 8, y + 8]], { layers: ['people'] }) : [];
    }

    press({ point: where }) {
      const [found] = this.at(where);
      this.pressed(found ? found.properties.id : null);
    }

    showVenue(place, name) {
      this.set('venue', place ? { type: 'FeatureCollection', features: [circle(place, place.arrival_radius_metres)] } : EMPTY);
      if (this.marker) this.marker.remove();
      this.marker = null;
      if (!place) return;
      const sign = make('div', { class: 'venue', role: 'img', 'aria-label': name });
      this.marker = new maplibregl.Marker({ element: sign, anchor: 'bottom' }).setLngLat(point(place)).addTo(this.map);
      sign.removeAttribute('tabindex');
    }

    // `people` are {id, kind, stale, position}.
    showPeople(people, chosen) {
      this.set('people', {
        type: 'FeatureCollection',
        features: people.map(({ id, kind, stale, position }) => ({
          type: 'Feature',
          properties: {
            id, kind, stale, chosen: id === chosen, rank: id === chosen ? 2 : kind === 'here' ? 0 : 1,
            ...(position.heading_degrees != null && !stale && kind !== 'here' && { heading: position.heading_degrees }),
          },
          geometry: { type: 'Point', coordinates: point(position) },
        })),
      });
    }

    showChosen(person, name) {
      if (this.popup) this.popup.remove();
      this.popup = null;
      const position = person && person.position;
      this.set('accuracy', position && position.accuracy_metres > 5 ? { type: 'FeatureCollection', features: [circle(position, position.accuracy_metres)] } : EMPTY);
      this.set('track', person && person.track.length > 1 ? track(person.track) : EMPTY);
      if (position) this.popup = new maplibregl.Popup({ closeButton: false, closeOnClick: false, focusAfterOpen: false, offset: 14 }).setLngLat(point(position)).setText(name).addTo(this.map);
    }

    fit(places, { isAsked } = {}) {
      if (!places.length || (this.touched && !isAsked)) return;
      if (isAsked) this.touched = false;
      const bounds = new maplibregl.LngLatBounds();
      places.forEach((place) => bounds.extend(point(place)));
      const room = Math.min(56, this.container.clientWidth / 6, this.container.clientHeight / 6);
      this.map.fitBounds(bounds, { padding: room, maxZoom: 15, animate: Boolean(isAsked) && !this.isQuiet });
    }

    goTo(place) {
      this.touched = true;
      const camera = { center: point(place), zoom: Math.max(this.map.getZoom(), 13) };
      if (this.isQuiet) this.map.jumpTo(camera);
      else this.map.easeTo({ ...camera, duration: 500 });
    }

    remove() {
      clearTimeout(this.patience);
      this.dark.removeEventListener('change', this.repaint);
      this.map.remove();
    }
  }

  return { load, Map };
})();
