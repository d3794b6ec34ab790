// cmark-gfm: GitHub's own Markdown parser (Debian: libcmark-gfm-dev, libcmark-gfm-extensions-dev).
#include <stdlib.h>
#include <string.h>

#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
