import io
from PIL import Image
import pytest

@pytest.mark.parametrize("width", [360, 1280])
def test_look(open_page, portrait, tmp_path, width):
    photo = tmp_path / "p.jpg"
    big = Image.new("RGB", (3000, 4000), "#8899aa")
    big.paste(portrait.resize((2400, 2400)), (300, 1200))
    big.save(photo)
    page = open_page("/nl/resultaat/BE/1y", viewport={"width": width, "height": 740}, device_scale_factor=1)
    page.screenshot(path=f"/tmp/browser/r{width}.png", full_page=False)
    page.get_by_role("button", name="Voeg een foto toe").or_(page.locator("[data-part=open]")).first.click()
    page.locator("#own-file").set_input_files(photo)
    page.locator("[data-part=preview]").wait_for()
    page.screenshot(path=f"/tmp/browser/e{width}-view.png")
    page.locator("[data-part=consent]").check()
    page.locator("[data-part=done]").wait_for()
    page.locator("#own-photo").screenshot(path=f"/tmp/browser/e{width}.png")
