// Nothing: what Node costs by itself.
void 0;
