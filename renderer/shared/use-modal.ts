import { watchPostEffect, type Ref } from 'vue'

/**
 * A `<dialog>` that is open while `shown` says so. Answers what its `close` event is to call: Escape and the platform's
 * own gestures close it as well. That event comes some time after the closing: of a dialog that was opened again since,
 * it must not close the new one.
 */
export function useModal(dialog: Readonly<Ref<HTMLDialogElement | null>>, shown: Ref<boolean>): () => void {
  let ownClosings = 0
  watchPostEffect(() => {
    const element = dialog.value
    if (shown.value && !element?.open) element?.showModal()
    if (shown.value || !element?.open) return
    ownClosings += 1
    element.close()
  })
  return () => {
    if (ownClosings > 0) ownClosings -= 1
    else shown.value = false
  }
}
