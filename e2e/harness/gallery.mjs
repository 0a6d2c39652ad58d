// The pages of the gallery: sample content for every component of package page.
export const samples = ['front', 'home', 'form', 'form-new', 'question', 'review', 'dry-run', 'board', 'panels', 'numbers'];

export const openSample = (page, name) => page.goto(`${process.env.GALLERY_URL}/${name}`);
