declare module "postject" {
  /** Puts data into an executable of any system, as a section that the running program can read. */
  export function inject(
    file: string,
    section: string,
    data: Buffer,
    options: { readonly sentinelFuse: string; readonly machoSegmentName?: string },
  ): Promise<void>;
}
