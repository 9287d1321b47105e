/** Points across a picture that a thread shows: a phone's screen is about 340 wide, so letters of 14 points are seen as 11. */
export const pictureWidth = 440;
