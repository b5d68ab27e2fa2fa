watchFigures();
addSwitches();
addSmoothing();
addSearch();
all("table.sortable").forEach(addSorting);
for (const series of all(".series")) {
  const figures = all("figure", series);
  series.classList.add("stepped");
  addStepper(series, figures, figures.map((one) => Number(one.dataset.step)),
    `${series.dataset.name}`);
}
addLightbox();
rememberTheme();
followContents();
