import { createRouter, createWebHashHistory } from 'vue-router'

/** Every state of a view is in its address: it can be gone back to and linked to. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', name: 'library', component: () => import('./library/LibraryView.vue') },
    { path: '/jobs', name: 'jobs', component: () => import('./jobs/JobsView.vue') },
    { path: '/notes', name: 'notes', component: () => import('./annotations/NotesView.vue') },
    {
      path: '/diagnostics',
      name: 'diagnostics',
      component: () => import('./diagnostics/DiagnosticsView.vue'),
    },
    { path: '/settings', name: 'settings', component: () => import('./settings/SettingsView.vue') },
    {
      path: '/a/:archive/take/:title/:date/:edition/:page',
      name: 'takeaway',
      component: () => import('./takeaway/TakeawayView.vue'),
    },
    { path: '/a/:archive/trends', name: 'trends', component: () => import('./trends/TrendsView.vue') },
    {
      path: '/a/:archive/search',
      component: () => import('./search/SearchView.vue'),
      children: [{ path: '', name: 'search', components: { own: () => import('./annotations/OwnFinds.vue') } }],
    },
    {
      path: '/a/:archive/i/:title/:date/:edition',
      name: 'issue',
      component: () => import('./issue/IssueOverview.vue'),
    },
    {
      // The reader leaves a place beside the page; what stands there belongs to another feature.
      path: '/a/:archive/r/:title/:date/:edition/:page',
      component: () => import('./viewer/ReaderView.vue'),
      children: [
        {
          path: '',
          name: 'reader',
          components: {
            default: () => import('./article/ArticlePane.vue'),
            stage: () => import('./takeaway/RegionChoice.vue'),
            marks: () => import('./annotations/MarksLayer.vue'),
            notes: () => import('./annotations/ReaderNotes.vue'),
          },
        },
      ],
    },
    { path: '/a/:archive/:title?', name: 'calendar', component: () => import('./calendar/CalendarView.vue') },
    { path: '/:rest(.*)*', redirect: { name: 'library' } },
  ],
})
