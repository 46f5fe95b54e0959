# The program in a container, built without network from wheels that were collected before:
#
#   pip wheel --wheel-dir dist '.[board]'
#   docker build --tag roster .
#   docker run --rm --volume "$PWD:/work" --user "$(id -u)" roster plan scenarios/county_hospital.yaml --out result
FROM python:3.12-slim

ENV LANG=C.UTF-8 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

RUN --mount=type=bind,source=dist,target=/wheels \
    pip install --no-index --find-links /wheels 'roster-24x7[board]' \
    && useradd --create-home roster \
    && install --directory --owner roster /work

USER roster
WORKDIR /work
ENTRYPOINT ["roster"]
CMD ["--help"]
