package io.larder.disk;

/** The same promises where every read asks the database. */
class DiskBackendWithoutCopiesTest extends DiskBackendTest {

    @Override
    String memory() {
        return "&memory=0";
    }
}
