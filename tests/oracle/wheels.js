// ComfyUI's page as it is published on PyPI: downloaded once and unpacked into .cache/oracle.

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

import { Failure, must, root } from "../../scripts/run.js";

const PACKAGE = "comfyui-frontend-package";
const CACHE = join(root, ".cache", "oracle");
const VERSION = /^\d+\.\d+\.\d+$/;

/** @returns {Promise<string>} the directory with the page's files */
export async function pageOf(version) {
  if (!VERSION.test(version)) throw new Failure(`${version} is not a version of ${PACKAGE}, such as 1.58.1`);
  const directory = join(CACHE, version);
  if (!existsSync(directory)) await unpack(version, directory);
  return join(directory, "comfyui_frontend_package", "static");
}

async function unpack(version, directory) {
  const unfinished = `${directory}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const download = ["-m", "pip", "download", "--quiet", "--no-deps", "--dest", unfinished];
  await must("python3", [...download, `${PACKAGE}==${version}`], `${PACKAGE} ${version} was not downloaded`);
  const wheel = join(unfinished, readdirSync(unfinished)[0]);
  await must("python3", ["-m", "zipfile", "-e", wheel, unfinished], `${wheel} was not unpacked`);
  rmSync(wheel);
  renameSync(unfinished, directory);
}
