package io.larder.examples.bookshop;

/** A book as the shop shows it. */
record Book(String isbn, String title, String author, int priceCents) {}
