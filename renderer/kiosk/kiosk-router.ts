import { createRouter, createWebHashHistory } from 'vue-router'

/** The screens of a visit. Names that the reading parts know (`reader`, `issue`, `calendar`) are theirs. */
export const kioskRouter = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', name: 'attract', component: () => import('./visit/AttractScreen.vue') },
    { path: '/start', name: 'start', component: () => import('./visit/StartScreen.vue') },
    { path: '/search', name: 'search', component: () => import('./keyboard/SearchScreen.vue') },
    { path: '/take', name: 'take', component: () => import('./take/TakeScreen.vue') },
    { path: '/help', name: 'help', component: () => import('./visit/HelpScreen.vue') },
    { path: '/staff', name: 'staff', component: () => import('./staff/StaffScreen.vue') },
    {
      path: '/a/:archive/i/:title/:date/:edition',
      name: 'issue',
      component: () => import('./visit/IssueScreen.vue'),
    },
    {
      path: '/a/:archive/r/:title/:date/:edition/:page',
      name: 'reader',
      component: () => import('./visit/PageScreen.vue'),
    },
    { path: '/a/:archive/:title', name: 'calendar', component: () => import('./visit/CalendarScreen.vue') },
    { path: '/:rest(.*)*', redirect: { name: 'attract' } },
  ],
})
