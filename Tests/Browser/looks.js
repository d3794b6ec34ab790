// What can be measured of how a page looks: a list of faults in words.
(() => {
  const faults = [];
  if (document.documentElement.scrollWidth > innerWidth) {
    const wide = [...document.querySelectorAll("main *")].filter((item) => item.getBoundingClientRect().right > innerWidth + 1);
    faults.push(`wider than the screen: ${wide.slice(0, 3).map((item) => item.outerHTML.slice(0, 80))}`);
  }
  const channels = (text) => (text.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (item) => {
    for (; item; item = item.parentElement) {
      const colour = channels(getComputedStyle(item).backgroundColor);
      if (colour.length >= 3 && (colour[3] ?? 1) === 1) return colour;
    }
    return [255, 255, 255];
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const item = node.parentElement;
    if (!node.data.trim() || !item.checkVisibility() || item.closest("noscript, script, .unseen, .skip")) continue;
    const [one, other] = [luminance(channels(getComputedStyle(item).color)), luminance(ground(item))].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (other + 0.05);
    // WCAG 2.2, 1.4.3.
    if (contrast < 4.5) faults.push(`contrast ${contrast.toFixed(2)} of ${JSON.stringify(node.data.trim().slice(0, 40))}`);
  }
  // WCAG 2.2, 2.5.8: 24 pixels, but for links in running text.
  for (const item of document.querySelectorAll("button, input, select, summary, a.button")) {
    const { width, height } = item.getBoundingClientRect();
    if (item.checkVisibility() && item.type !== "hidden" && (width < 24 || height < 24)) faults.push(`too small: ${item.outerHTML.slice(0, 80)}`);
  }
  for (const item of document.querySelectorAll("input, select, textarea")) {
    if (item.type !== "hidden" && !item.labels?.length) faults.push(`no label: ${item.outerHTML.slice(0, 80)}`);
  }
  return faults;
})()
